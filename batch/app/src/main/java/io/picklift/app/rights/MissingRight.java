package io.picklift.app.rights;

import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line which right an account lacks, and how it is granted. */
public final class MissingRight {
  private static final Logger LOG = LoggerFactory.getLogger(MissingRight.class);

  /** The one table of the target that a command needs more rights on than on its schema. */
  private static final String PROOFS = "picklift_proof";

  private static final Pattern SCHEMA = Pattern.compile("jdbc:mysql://[^/]*/([^?]+)");
  private static final Set<String> READING = Set.of("SELECT", "SHOW VIEW");

  private MissingRight() {}

  /** The line; null where the failure is not about rights. */
  public static @Nullable String line(Throwable failure, Config config) {
    Denial denial = Denial.of(failure);
    if (denial == null) {
      return null;
    }
    if (isBeside(denial, config)) {
      return beside(denial, config);
    }
    boolean isSource = isSource(denial, config);
    Database database = isSource ? config.source().database() : config.target();
    if (database == null) {
      return null;
    }
    String schema = denial.schema().isEmpty() ? schema(database) : denial.schema();
    String table = denial.table();
    if (isSource && table.isEmpty()) {
      table = String.valueOf(config.source().table());
    }
    String account = account(database);
    return "%s: %s may not %s %s: GRANT %s ON %s TO %s; batch/GRANTS.md lists what each command needs"
        .formatted(
            isSource ? "source" : "target",
            account,
            denial.privileges(),
            on(denial, schema, table),
            denial.privileges(),
            // A table that is still to be made cannot be named in a GRANT.
            object(denial, schema, isSource || table.equals(PROOFS) ? table : ""),
            account);
  }

  /** The target's account writes into a column of the source's table. */
  private static boolean isBeside(Denial denial, Config config) {
    return config.beside() != null
        && denial.privileges().contains("UPDATE")
        && denial.table().equals(config.source().table());
  }

  private static String beside(Denial denial, Config config) {
    String account = account(config.requireTarget());
    String schema = Objects.requireNonNull(config.source().database()).schema();
    String table = denial.table();
    String column = Objects.requireNonNull(config.beside());
    return "target: %s may not UPDATE `%s` on %s.%s: GRANT SELECT, UPDATE (%s) ON %s.%s TO %s; batch/GRANTS.md lists what each command needs"
        .formatted(
            account,
            column,
            schema,
            table,
            SqlNames.quote(column),
            SqlNames.quote(schema),
            SqlNames.quote(table),
            account);
  }

  private static String on(Denial denial, String schema, String table) {
    if (denial.isGlobal()) {
      return "on this server";
    }
    return "on " + schema + (table.isEmpty() ? "" : "." + table);
  }

  private static String object(Denial denial, String schema, String table) {
    if (denial.isGlobal()) {
      return "*.*";
    }
    return SqlNames.quote(schema) + "." + (table.isEmpty() ? "*" : SqlNames.quote(table));
  }

  /**
   * The source is read, and only its own table and those beside it are. {@code writeback} updates
   * that table.
   */
  private static boolean isSource(Denial denial, Config config) {
    Database source = config.source().database();
    Database target = config.target();
    if (source == null || target == null) {
      return source != null;
    }
    boolean isUpdate =
        denial.privileges().equals("UPDATE") && denial.table().equals(config.source().table());
    if (!isUpdate && !READING.contains(denial.privileges())) {
      return false;
    }
    String schema = denial.schema();
    boolean isOneSchema = schema(source).equals(schema(target));
    if (!schema.isEmpty() && !isOneSchema) {
      return schema.equals(schema(source));
    }
    return denial.table().equals(config.source().table());
  }

  private static String schema(Database database) {
    Matcher url = SCHEMA.matcher(database.url());
    return url.find() ? url.group(1) : "";
  }

  /** As the server names the account, since an account is a name and a host. */
  private static String account(Database database) {
    // Without the schema, which the account may not be let into.
    String url = database.url().replaceFirst("(jdbc:mysql://[^/]*/)[^?]*", "$1");
    try (Connection connection =
            DriverManager.getConnection(url, database.username(), database.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CURRENT_USER()")) {
      String name = row.next() ? String.valueOf(row.getString(1)) : "";
      int at = name.lastIndexOf('@');
      return "'" + name.substring(0, at) + "'@'" + name.substring(at + 1) + "'";
    } catch (SQLException e) {
      LOG.debug("the server does not say which account this is", e);
      return "'" + database.username() + "'@'%'";
    }
  }
}
