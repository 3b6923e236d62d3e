package io.picklift.app.decode;

import io.picklift.app.encoding.format.ByteLiterals;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of text that is no pickle, told by how it begins.
 *
 * @param name for people, with its article
 * @param advice what to try
 */
record TextKind(String name, String advice) {
  private static final String LEAVE_OUT = ContentKind.LEAVE_OUT;
  private static final int MOST_LOOKED_AT = 512;

  private record Rule(Pattern begins, TextKind kind) {
    Rule(String begins, String name, String advice) {
      this(Pattern.compile(begins, Pattern.DOTALL), new TextKind(name, advice));
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "<.* (?:object )?at 0x[0-9a-fA-F]+>.*",
              "Python's repr() of an object, which holds nothing of it",
              LEAVE_OUT),
          new Rule("eyJ[\\w-]*\\.eyJ[\\w-]*\\.[\\w-]*.*", "a JSON Web Token", LEAVE_OUT),
          new Rule("(?:\\{'|\\['|\\[\\{').*", "Python's repr() of a dict or list", LEAVE_OUT),
          new Rule(
              "[A-Za-z_][\\w.]*\\([A-Za-z_]\\w*=.*",
              "Python's repr() of an object, which no program reads back",
              LEAVE_OUT),
          new Rule("Traceback \\(most recent call last\\).*", "a traceback of Python's", LEAVE_OUT),
          new Rule(
              "(?:---\\s+)?!!python/.*|[\\w-]+: !!python/.*",
              "YAML that names Python's objects",
              LEAVE_OUT),
          new Rule(
              "\\(?b'(?:[^'\\\\]|\\\\.)*'\\s*\\n\\s*b'.*",
              "Python's repr() of bytes in several pieces",
              "join the pieces into one b'...'"),
          new Rule(
              "[0-9a-fA-F]{6,16}:? +(?:[0-9a-fA-F]{2}){1,2} (?:[0-9a-fA-F]{2}){1,2}[ \\n].*",
              "a hex dump with addresses", "turn it into bytes first (xxd -r)"),
          new Rule("(?:[abdiosCOE]:[^\\n]{1,20}[:;{]|N;).*", "PHP's serialize()", LEAVE_OUT),
          new Rule("\\w{1,64}\\|(?:[abdiOCs]:\\d|N;).*", "a PHP session", LEAVE_OUT),
          new Rule("\\$2[abxy]\\$\\d\\d\\$.{53}", "a password's hash", LEAVE_OUT),
          new Rule(
              "(?:pbkdf2_|bcrypt|argon2|\\$argon2|scrypt)[\\w$]*\\$.*",
              "a password's hash",
              LEAVE_OUT),
          new Rule(
              "(?:https?|s3|gs|ftp|file)://\\S+\\s*",
              "the address of something that lies elsewhere",
              "fetch the files and name their folder as source: files:"),
          new Rule(
              "(?:/|\\.{1,2}/|[A-Za-z]:\\\\)[\\w. /\\\\-]*\\.(?:pkl|pickle|save|dat|bin|p|gz)\\s*",
              "the path of a file",
              "the saves are files: name their folder as source: files:"),
          new Rule(
              "(?:NULL|null|None|nil|\\\\N|undefined)\\s*",
              "a word that stands for no value",
              LEAVE_OUT));

  /** The kind of a text; null for none that is known. */
  static @Nullable TextKind of(byte[] bytes, String head) {
    String begins =
        ByteLiterals.latin1(Arrays.copyOf(bytes, Math.min(bytes.length, MOST_LOOKED_AT)))
            .stripLeading();
    for (Rule rule : RULES) {
      if (rule.begins().matcher(begins).matches() || rule.begins().matcher(head).matches()) {
        return rule.kind();
      }
    }
    return null;
  }
}
