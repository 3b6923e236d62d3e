package io.picklift.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SafeTextTest {
  @Test
  void whatATerminalWouldObeyIsShown() {
    assertThat(SafeText.line("\u001b[2Jall is well\r\nok"))
        .isEqualTo("\\x1b[2Jall is well\\x0d\\x0aok");
    assertThat(SafeText.line("a\u009bb\u202ec\u2028d\u007f"))
        .isEqualTo("a\\x9bb\\u202ec\\u2028d\\x7f");
    assertThat(SafeText.line("\ud800x")).isEqualTo("\\ud800x");
  }

  @Test
  void otherTextStaysAsItIs() {
    assertThat(SafeText.line("J\u00f6rg \ud83d\ude00 \u65e5\u672c"))
        .isEqualTo("J\u00f6rg \ud83d\ude00 \u65e5\u672c");
  }
}
