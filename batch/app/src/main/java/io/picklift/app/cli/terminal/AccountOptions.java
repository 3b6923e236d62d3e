package io.picklift.app.cli.terminal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the account of a database, for commands without a configuration. */
public final class AccountOptions {
  @Option(
      names = "--username",
      paramLabel = "USER",
      description = "The database account; default: PICKLIFT_USERNAME of the environment.")
  private @Nullable String username;

  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      arity = "0..1",
      interactive = true,
      description =
          "Its password, asked for where the option has no value; default: PICKLIFT_PASSWORD of the"
              + " environment.")
  private @Nullable String password;

  /** Empty where neither the option nor the environment names one. */
  public String username() {
    return given(username, "PICKLIFT_USERNAME");
  }

  /** Empty where neither the option nor the environment has one. */
  public String password() {
    return given(password, "PICKLIFT_PASSWORD");
  }

  private static String given(@Nullable String option, String variable) {
    return option != null ? option : Objects.requireNonNullElse(System.getenv(variable), "");
  }
}
