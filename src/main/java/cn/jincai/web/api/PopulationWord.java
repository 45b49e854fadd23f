package cn.jincai.web.api;

import cn.jincai.simulation.WhatIf;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** A population in a form is written as in JSON. */
@Component
class PopulationWord implements Converter<String, WhatIf.Over> {
    @Override
    public WhatIf.@Nullable Over convert(String word) {
        return word.isBlank() ? null : WhatIf.Over.of(word);
    }
}
