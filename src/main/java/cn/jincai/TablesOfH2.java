package cn.jincai;

import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * In H2 2.4 a check with a list of values holds on to the session that made its table, and once that has ended it refuses every row until the database is
 * opened anew. A connection of the pool lives for half an hour, so tables are made over one of their own, which stays until the application ends.
 */
@Component
class TablesOfH2 implements FlywayConfigurationCustomizer, DisposableBean {
    private final SingleConnectionDataSource staying;

    TablesOfH2(
            @Value("${spring.datasource.url}") String url,
            @Value("${spring.datasource.username}") String user,
            @Value("${spring.datasource.password}") String password) {
        staying = new SingleConnectionDataSource(url, user, password, true);
    }

    @Override
    public void customize(FluentConfiguration flyway) {
        if (String.valueOf(staying.getUrl()).startsWith("jdbc:h2:")) flyway.dataSource(staying);
    }

    @Override
    public void destroy() {
        staying.destroy();
    }
}
