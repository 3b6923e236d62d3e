package io.picklift.app.workers.scan;

import io.picklift.app.job.repository.BatchContext;
import io.picklift.app.job.repository.ContextJson;
import io.picklift.app.job.repository.RetryingRepository;
import javax.sql.DataSource;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The job repository in the target, for a coordinator whose job has no other beans. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(BatchJdbcAutoConfiguration.class)
class ScanBeans {
  static ConfigurableApplicationContext start(DataSource target) {
    return BatchContext.start(ScanBeans.class, target, context -> {});
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
