package io.picklift.app.job;

import io.picklift.app.database.Retry;
import io.picklift.app.database.UncheckedSqlException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Has whatever Spring Batch tells its repository told again where the server was away meanwhile. A
 * run would end for the sake of a note about it otherwise.
 */
final class RetryingRepository implements BeanPostProcessor {
  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof JobRepository repository
        ? Proxy.newProxyInstance(
            RetryingRepository.class.getClassLoader(),
            new Class<?>[] {JobRepository.class},
            (proxy, method, arguments) -> told(repository, method, arguments))
        : bean;
  }

  private static Object told(JobRepository repository, Method method, Object[] arguments)
      throws Throwable {
    boolean[] isAgain = new boolean[1];
    try {
      return Retry.retrying(
          () -> {
            try {
              if (isAgain[0]) {
                refresh(repository, method, arguments);
              }
              isAgain[0] = true;
              return method.invoke(repository, arguments);
            } catch (InvocationTargetException e) {
              throw failure(e.getCause());
            } catch (RuntimeException | IllegalAccessException e) {
              throw failure(e);
            }
          });
    } catch (Failure e) {
      throw e.getCause() == null ? e : e.getCause();
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  /** What the server said, for the retries to judge; anything else goes past them. */
  private static SQLException failure(Throwable cause) {
    SQLException sql = Failures.sql(cause);
    if (sql == null) {
      throw new Failure(cause);
    }
    return sql;
  }

  /**
   * What was told last may have arrived although the answer was lost: the versions by which the
   * repository tells that nobody else wrote are those that it has. Nobody else does, as we have the
   * target's lock.
   */
  private static void refresh(JobRepository repository, Method method, Object[] arguments) {
    if (!method.getName().equals("update")) {
      return;
    }
    if (arguments[0] instanceof StepExecution step) {
      StepExecution stored = repository.getStepExecution(step.getId());
      if (stored != null) {
        step.setVersion(stored.getVersion());
      }
    } else if (arguments[0] instanceof JobExecution job) {
      JobExecution stored = repository.getJobExecution(job.getId());
      if (stored != null) {
        job.setVersion(stored.getVersion());
      }
    }
  }

  /** Carries what is not about the server past the retries. */
  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(Throwable cause) {
      super(cause);
    }
  }
}
