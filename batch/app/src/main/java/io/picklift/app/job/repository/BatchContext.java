package io.picklift.app.job.repository;

import javax.sql.DataSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Spring with the job repository in the target, and with what else is given. */
public final class BatchContext {
  private BatchContext() {}

  /**
   * Starts Spring with these beans alone.
   *
   * @param beans a configuration class
   * @param target closed by its owner, not by Spring
   * @param more adds beans
   */
  public static ConfigurableApplicationContext start(
      Class<?> beans,
      DataSource target,
      ApplicationContextInitializer<GenericApplicationContext> more) {
    SpringApplicationBuilder spring = new SpringApplicationBuilder(beans);
    // Logging is set up, by options too, which Spring would undo.
    spring
        .application()
        .setListeners(
            spring.application().getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener))
                .toList());
    return spring
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
                    definition -> definition.setDestroyMethodName("")),
            more)
        .run();
  }
}
