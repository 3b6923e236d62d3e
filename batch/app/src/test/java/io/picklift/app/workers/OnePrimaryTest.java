package io.picklift.app.workers;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.yaml.ConfigurationException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which servers are refused, by what they say of themselves: a cluster is not to be had in a test.
 */
final class OnePrimaryTest {
  private static final String GROUP = "group_replication_group_name";
  private static final String SINGLE = "group_replication_single_primary_mode";

  private static <T> T made(Class<T> type, InvocationHandler does) {
    return type.cast(
        Proxy.newProxyInstance(OnePrimaryTest.class.getClassLoader(), new Class<?>[] {type}, does));
  }

  /** A server with these variables. */
  private static Connection server(Map<String, String> variables) {
    return made(
        Connection.class,
        (connection, method, arguments) ->
            made(
                Statement.class,
                (statement, called, given) ->
                    called.getName().equals("executeQuery")
                        ? row(variables, String.valueOf(given[0]))
                        : null));
  }

  private static ResultSet row(Map<String, String> variables, String sql) {
    String name = sql.replaceAll(".*LIKE '(.*)'", "$1");
    return made(
        ResultSet.class,
        (row, method, arguments) ->
            switch (method.getName()) {
              case "next" -> variables.containsKey(name);
              case "getString" -> variables.get(name);
              default -> null;
            });
  }

  @Test
  void oneServerIsTaken() {
    assertThatCode(() -> OnePrimary.require(server(Map.of()))).doesNotThrowAnyException();
    assertThatCode(() -> OnePrimary.require(server(Map.of("wsrep_on", "OFF", GROUP, ""))))
        .doesNotThrowAnyException();
  }

  @Test
  void aNodeOfGaleraIsRefused() {
    assertThatThrownBy(() -> OnePrimary.require(server(Map.of("wsrep_on", "ON"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Galera");
  }

  @Test
  void aGroupWithSeveralPrimariesIsRefused() {
    assertThatThrownBy(
            () -> OnePrimary.require(server(Map.of(GROUP, "8a94f357-aab4", SINGLE, "OFF"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("several primaries");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ON", "on"})
  void aGroupWithOneIsTaken(String on) {
    assertThatCode(() -> OnePrimary.require(server(Map.of(GROUP, "8a94f357-aab4", SINGLE, on))))
        .doesNotThrowAnyException();
  }
}
