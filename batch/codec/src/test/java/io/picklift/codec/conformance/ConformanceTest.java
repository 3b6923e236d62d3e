package io.picklift.codec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every pickle of the corpora decodes to what the oracle says it means, or is refused where the
 * oracle refuses it, and is written back: what a C pickler wrote as the same bytes, the rest with
 * the same meaning.
 *
 * <p>{@code -Dpicklift.corpora=FOLDER} takes the corpora from a folder instead: {@code
 * build_corpus.py --all} makes one that leaves nothing out.
 */
class ConformanceTest {
  private static final int SHOWN = 15;

  @ParameterizedTest
  @ValueSource(strings = {"cpython.zip", "samples.zip", "streams.zip"})
  void picklesMeanWhatTheOracleSays(String corpus) throws IOException {
    String folder = System.getProperty("picklift.corpora");
    byte[] zip =
        folder == null ? Corpora.resource(corpus) : Files.readAllBytes(Path.of(folder, corpus));
    check(Corpora.indexed(zip), 2_000);
  }

  @Test
  void handMadeCasesMeanWhatTheOracleSays() throws IOException {
    check(Corpora.cases(Corpora.resource("cases.tsv")), 2_000);
  }

  @Test
  void examplesOfTheRulesMeanWhatStandsBesideThem() throws IOException {
    check(Corpora.examples(Corpora.resource("examples.zip")), 300);
  }

  private static void check(List<Sample> samples, int atLeast) {
    assertThat(samples).hasSizeGreaterThan(atLeast);
    Verdict verdict = new Verdict();
    List<String> findings = new ArrayList<>();
    for (Sample sample : samples) {
      String wrong = verdict.of(sample);
      if (!wrong.isEmpty()) {
        findings.add(sample.name() + ": " + wrong + " (expected " + sample.expectation() + ")");
      }
    }
    assertThat(findings.subList(0, Math.min(SHOWN, findings.size())))
        .as(
            "%d of %d, %d given back identical",
            findings.size(), samples.size(), verdict.identical())
        .isEmpty();
  }
}
