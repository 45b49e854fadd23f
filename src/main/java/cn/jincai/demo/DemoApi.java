package cn.jincai.demo;

import cn.jincai.demo.SourceSimulator.Mode;
import cn.jincai.kernel.Actor;
import cn.jincai.kernel.CaseEvent;
import cn.jincai.kernel.Problem;
import cn.jincai.kernel.Role;
import cn.jincai.registry.Sources;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Profile;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The demo's controls: made-up applications, and switches of the simulated sources. Outside the demo these addresses do not exist. */
@RestController
@Profile("demo")
class DemoApi {
    private final Samples samples;
    private final SourceSimulator simulator;
    private final Sources sources;
    private final ApplicationEventPublisher events;

    DemoApi(Samples samples, SourceSimulator simulator, Sources sources, ApplicationEventPublisher events) {
        this.samples = samples;
        this.simulator = simulator;
        this.sources = sources;
        this.events = events;
    }

    record Switch(String mode) {}

    /** A body for {@code POST /api/cases}, with a fresh person whom the simulated sources know. */
    @GetMapping("/api/demo/applications/{scheme}")
    @PreAuthorize("hasAnyAuthority('admin', 'applicant')")
    Samples.Application application(@PathVariable String scheme, @RequestParam(defaultValue = "granted") String kind) {
        return samples.application(scheme, kind);
    }

    @GetMapping("/api/demo/sources")
    @PreAuthorize("hasAuthority('admin')")
    Map<String, String> modes() {
        var modes = new TreeMap<String, String>();
        sources.names().forEach(name -> modes.put(name, simulator.mode(name).word()));
        return modes;
    }

    @PutMapping("/api/demo/sources/{name}")
    @PreAuthorize("hasAuthority('admin')")
    Map<String, String> turn(@PathVariable String name, @RequestBody Switch to, Actor who) {
        if (!sources.names().contains(name)) throw Problem.notFound();
        Mode mode = Mode.of(to.mode());
        simulator.switchTo(name, mode);
        events.publishEvent(CaseEvent.forAuditors(
                "demo.event.source-switched", who, Role.ADMIN, Map.of("source", name, "mode", mode.word())));
        return Map.of("name", name, "mode", mode.word());
    }
}
