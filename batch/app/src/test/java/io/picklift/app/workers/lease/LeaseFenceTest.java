package io.picklift.app.workers.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.account.LedgerScope;
import io.picklift.app.database.Pools;
import io.picklift.app.job.Game;
import io.picklift.app.lock.Generation;
import io.picklift.app.lock.LockLostException;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.target.TargetSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two connections at a time: a worker that writes, and a coordinator that takes its lease away. */
@Tag("database")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class LeaseFenceTest {
  private static final long LEASE_MILLIS = 1_500;
  private static final long STEP_EXECUTION = 7;

  @TempDir private Path folder = Path.of("");
  private Game game;
  private HikariDataSource target;
  private TargetLock lock;

  @BeforeEach
  void open() throws Exception {
    game = new Game(folder);
    game.configure("");
    target = Pools.open("target", game.config().requireTarget(), 8);
    lock = Objects.requireNonNull(TargetLock.take(target));
    TargetSchema.migrate(target);
    lock.enter();
    game.target("CREATE TABLE written (n INT PRIMARY KEY)");
  }

  @AfterEach
  void close() throws SQLException {
    lock.close();
    target.close();
  }

  private Leases leases() {
    return new Leases(target, lock.generation(), LEASE_MILLIS);
  }

  private HeldLease taken(Leases leases) throws SQLException {
    long id = leases.offer("migrateRange", STEP_EXECUTION);
    return Objects.requireNonNull(HeldLease.take(target, lock.generation(), id, 1, "one"));
  }

  private static void write(HeldLease lease, Connection connection, int number)
      throws SQLException {
    lease.fence().mark(connection);
    connection.setAutoCommit(false);
    lease.fence().check(connection);
    try (Statement insert = connection.createStatement()) {
      insert.executeUpdate("INSERT INTO written VALUES (" + number + ")");
    }
  }

  private static Leases.Lease only(Leases leases) throws SQLException {
    List<Leases.Lease> all = leases.current();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private Leases.Lease silent(Leases leases) throws Exception {
    Leases.Lease lease = only(leases);
    while (!lease.isSilent()) {
      TimeUnit.MILLISECONDS.sleep(50);
      lease = only(leases);
    }
    return lease;
  }

  @Test
  void aWorkerThatIsStoppedInATransactionIsEndedAndWritesNothingMore() throws Exception {
    Leases leases = leases();
    HeldLease lease = taken(leases);
    try (Connection stopped = target.getConnection()) {
      write(lease, stopped, 1);
      assertThat(leases.expire(silent(leases))).isTrue();
      assertThatThrownBy(stopped::commit).isInstanceOf(SQLException.class);
    }
    assertThat(game.number("SELECT COUNT(*) FROM written")).isZero();
    try (Connection later = target.getConnection()) {
      assertThatThrownBy(() -> write(lease, later, 2)).isInstanceOf(LockLostException.class);
      later.rollback();
    }
    assertThat(lease.fence().isLost()).isTrue();
    assertThat(lease.end(HeldLease.End.DONE, Progress.NONE, LeaseResult.NONE, null)).isFalse();
    assertThat(game.number("SELECT COUNT(*) FROM written")).isZero();
  }

  @Test
  void aSignOfLifeDoesNotWaitForATransactionAndKeepsTheLease() throws Exception {
    Leases leases = leases();
    HeldLease lease = taken(leases);
    try (Connection slow = target.getConnection()) {
      write(lease, slow, 1);
      Leases.Lease before = silent(leases);
      assertThat(lease.beat(new Progress(5, 0, 5, 1, 0, 10, 2))).isTrue();
      assertThat(leases.expire(before)).isFalse();
      assertThat(only(leases).progress().visited()).isEqualTo(5);
      slow.commit();
    }
    assertThat(
            lease.end(
                HeldLease.End.DONE, Progress.NONE, new LeaseResult(List.of("k"), "1 2"), null))
        .isTrue();
    assertThat(only(leases).state()).isEqualTo(Leases.State.DONE);
    assertThat(leases.counted(lease.grant().leaseId()))
        .isEqualTo(new LeaseResult(List.of("k"), "1 2"));
    assertThat(leases.current()).isEmpty();
    assertThat(game.number("SELECT COUNT(*) FROM written")).isEqualTo(1);
  }

  /** The answer was lost, and the coordinator says it again: no second lease on the same range. */
  @Test
  void aRangeIsOfferedOnce() throws Exception {
    Leases leases = leases();
    assertThat(leases.offer("migrateRange", STEP_EXECUTION))
        .isEqualTo(leases.offer("migrateRange", STEP_EXECUTION));
    assertThat(leases.queued()).hasSize(1);
  }

  @Test
  void oneOfTwoWorkersGetsALeaseAndAnOldMessageGetsNone() throws Exception {
    Leases leases = leases();
    HeldLease lease = taken(leases);
    long id = lease.grant().leaseId();
    assertThat(HeldLease.take(target, lock.generation(), id, 1, "two")).isNull();
    assertThat(lease.end(HeldLease.End.RETURNED, Progress.NONE, LeaseResult.NONE, null)).isTrue();
    long epoch = Objects.requireNonNull(leases.again(id, STEP_EXECUTION + 1));
    assertThat(epoch).isEqualTo(2);
    assertThat(HeldLease.take(target, lock.generation(), id, 1, "two")).isNull();
    Generation lost = new Generation(lock.generation().number(), "another token");
    assertThat(HeldLease.take(target, lost, id, epoch, "two")).isNull();
    HeldLease second =
        Objects.requireNonNull(HeldLease.take(target, lock.generation(), id, epoch, "two"));
    assertThat(second.grant().stepExecutionId()).isEqualTo(STEP_EXECUTION + 1);
    assertThat(lease.beat(Progress.NONE)).isFalse();
  }

  @Test
  void aWorkerWhoseLeaseIsTakenAwayDoesNotTouchTheLedgerEither() throws Exception {
    Leases leases = leases();
    HeldLease lease = taken(leases);
    assertThat(leases.expire(silent(leases))).isTrue();
    assertThatThrownBy(() -> LedgerScope.left(target, lease.fence(), List.of(1L)))
        .isInstanceOf(LockLostException.class);
  }

  /** The coordinator was killed; a plain run begins while a worker of it is in a transaction. */
  @Test
  void aRunThatBeginsEndsWhatWorkersOfTheLastHaveUnderWay() throws Exception {
    HeldLease lease = taken(leases());
    lock.close();
    try (Connection stopped = target.getConnection()) {
      write(lease, stopped, 1);
      lock = Objects.requireNonNull(TargetLock.take(target));
      lock.enter();
      assertThatThrownBy(stopped::commit).isInstanceOf(SQLException.class);
    }
    try (Connection later = target.getConnection()) {
      assertThatThrownBy(() -> write(lease, later, 2)).isInstanceOf(LockLostException.class);
      later.rollback();
    }
    assertThat(game.number("SELECT COUNT(*) FROM written")).isZero();
  }

  /** Without workers: a process that was stopped for long, and whose lock a person ended. */
  @Test
  void aTransactionOfAnEarlierRunFails() throws Exception {
    try (Connection stopped = target.getConnection();
        Connection late = target.getConnection()) {
      lock.mark(stopped);
      stopped.setAutoCommit(false);
      lock.check(stopped);
      TargetLock before = lock;
      game.target("KILL " + game.number("SELECT connection_id FROM picklift_lock"));
      lock = Objects.requireNonNull(TargetLock.take(target));
      lock.enter();
      assertThatThrownBy(stopped::commit).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> before.check(late))
          .isInstanceOf(LockLostException.class)
          .hasMessageContaining("a later run took the target over");
    }
  }
}
