package cn.jincai.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import cn.jincai.applicant.FirstAdministrator;
import cn.jincai.applicant.Registration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.ui.ExtendedModelMap;

class RegisterPagesTest {
    @Test
    @Tag("issue-13.21")
    void anIpv6NetworkHasOneShareOfAttempts() {
        Set<String> counted = new LinkedHashSet<>();
        var registration = mock(Registration.class);
        when(registration.register(any(), any()))
                .thenAnswer(call -> Optional.of(counted.add(call.getArgument(1)) ? "p100000001" : "p100000002"));
        var pages = new RegisterPages(registration, mock(FirstAdministrator.class));
        for (String address : new String[] {"2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "192.0.2.7"}) {
            var request = new MockHttpServletRequest();
            request.setRemoteAddr(address);
            pages.register(
                    new Registration.Filled(
                            "张芳",
                            "PASSPORT",
                            "K1234567",
                            "1990-03-07",
                            "13800138000",
                            "",
                            "correct horse battery",
                            true),
                    request,
                    new MockHttpServletResponse(),
                    new ExtendedModelMap());
        }
        assertThat(counted).containsExactly("20010db800010002", "192.0.2.7");
    }
}
