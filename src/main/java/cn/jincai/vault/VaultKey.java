package cn.jincai.vault;

import cn.jincai.kernel.OwnKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The vault's keys: JINCAI_KEY of the environment, or the demo's own; while values are sealed anew JINCAI_KEY_FORMER too. */
@Configuration(proxyBeanMethods = false)
class VaultKey {
    private static final String WORDS = "applicant.key.";

    @Bean
    Keys keys(Environment environment) throws IOException {
        List<MasterKey> keys = new ArrayList<>();
        keys.add(new MasterKey(OwnKey.of(environment, "jincai.key", "key", WORDS)));
        for (String former : environment.getProperty("jincai.key-former", "").split(","))
            if (!former.isBlank()) keys.add(new MasterKey(OwnKey.decoded(former.strip(), "JINCAI_KEY_FORMER", WORDS)));
        return new Keys(keys);
    }

    @Bean
    Vault vault(Keys keys, JdbcClient jdbc) {
        return new KeysInUse(jdbc, keys).vault();
    }
}
