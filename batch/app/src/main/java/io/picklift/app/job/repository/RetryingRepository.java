package io.picklift.app.job.repository;

import io.picklift.app.database.Retry;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.database.UncheckedSqlException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Repeats Spring Batch's writes to its job repository while the server is away. Without it a run
 * would end because a status could not be stored.
 */
public final class RetryingRepository implements BeanPostProcessor {
  private static final int LONGEST = 200;

  private final boolean isAlone;
  private final PositionNotes positions = new PositionNotes();

  /**
   * @param isAlone whether no other process writes into the same records. A worker's may be those
   *     of an attempt that was taken from it, and it must not write over what is said of that since
   */
  public RetryingRepository(boolean isAlone) {
    this.isAlone = isAlone;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof JobRepository repository
        ? Proxy.newProxyInstance(
            RetryingRepository.class.getClassLoader(),
            new Class<?>[] {JobRepository.class},
            (proxy, method, arguments) -> told(repository, method, arguments))
        : bean;
  }

  private @Nullable Object told(
      JobRepository repository, Method method, Object @Nullable [] arguments) throws Throwable {
    if (!positions.isDue(method, arguments, System.nanoTime())) {
      return null;
    }
    if (arguments != null && arguments.length == 1) {
      shorten(arguments[0]);
    }
    boolean[] isAgain = new boolean[1];
    try {
      return Retry.retrying(
          () -> {
            try {
              if (isAgain[0] && isAlone) {
                refresh(repository, method, arguments);
              }
              isAgain[0] = true;
              return method.invoke(repository, arguments);
            } catch (InvocationTargetException e) {
              throw failure(e.getCause() == null ? e : e.getCause());
            } catch (RuntimeException | IllegalAccessException e) {
              throw failure(e);
            }
          });
    } catch (Failure e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw isAboutLostRows(cause) ? new RecordsLostException(cause) : cause;
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  /**
   * A stack trace in a row of the repository helps nobody, and needs room where there may be none.
   */
  private static void shorten(Object told) {
    if (told instanceof StepExecution step) {
      step.setExitStatus(shortened(step.getExitStatus()));
    } else if (told instanceof JobExecution job) {
      job.setExitStatus(shortened(job.getExitStatus()));
    }
  }

  private static ExitStatus shortened(ExitStatus status) {
    String line = status.getExitDescription().lines().findFirst().orElse("");
    return new ExitStatus(
        status.getExitCode(), line.length() <= LONGEST ? line : line.substring(0, LONGEST));
  }

  /** A row that is to be updated is gone, or is another version than the one that was written. */
  private static boolean isAboutLostRows(Throwable cause) {
    return cause instanceof EmptyResultDataAccessException
        || cause instanceof OptimisticLockingFailureException;
  }

  /** What the server said, for the retries to judge; anything else goes past them. */
  private static SQLException failure(Throwable cause) {
    SQLException sql = ServerErrors.sql(cause);
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
  private static void refresh(
      JobRepository repository, Method method, Object @Nullable [] arguments) {
    if (arguments == null || !method.getName().equals("update")) {
      return;
    }
    if (arguments[0] instanceof StepExecution step) {
      StepExecution stored = repository.getStepExecution(step.getId());
      Integer version = stored == null ? null : stored.getVersion();
      if (version != null) {
        step.setVersion(version);
      }
    } else if (arguments[0] instanceof JobExecution job) {
      JobExecution stored = repository.getJobExecution(job.getId());
      Integer version = stored == null ? null : stored.getVersion();
      if (version != null) {
        job.setVersion(version);
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
