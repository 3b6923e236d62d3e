package io.picklift.app.workers.scan;

import io.picklift.app.job.repository.ContextJson;
import io.picklift.app.job.repository.RetryingRepository;
import javax.sql.DataSource;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The job repository in the target, for a coordinator whose job has no other beans. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(BatchJdbcAutoConfiguration.class)
class ScanBeans {
  static ConfigurableApplicationContext start(DataSource target) {
    return new SpringApplicationBuilder(ScanBeans.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .registerShutdownHook(false)
        .properties(
            "spring.batch.job.enabled=false",
            "spring.batch.jdbc.initialize-schema=never",
            "spring.batch.jdbc.table-prefix=PICKLIFT_BATCH_",
            "spring.batch.jdbc.isolation-level-for-create=read_committed")
        .initializers(
            (GenericApplicationContext context) ->
                context.registerBean(
                    "dataSource",
                    DataSource.class,
                    () -> target,
                    // Whoever opened it closes it.
                    definition -> definition.setDestroyMethodName("")))
        .run();
  }

  /** The coordinator has the target's lock. */
  @Bean
  static RetryingRepository retryingRepository() {
    return new RetryingRepository(true);
  }

  @Bean
  static ExecutionContextSerializer executionContextSerializer() {
    return new ContextJson();
  }

  @Bean
  static PlatformTransactionManager transactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }
}
