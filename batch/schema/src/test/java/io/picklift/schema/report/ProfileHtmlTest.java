package io.picklift.schema.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.draft.MappingGenerator;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.Profiles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page of the sample's saves leads with. */
class ProfileHtmlTest {
  private final Profile profile = Profiles.baolife();
  private final String text = MappingGenerator.mapping(profile);
  private final Mapping mapping = Mapping.parse("mapping.yaml", text);
  private final List<Decision> decisions = DecisionList.of(profile, mapping, text);

  private List<String> lines(Decision.Topic topic) {
    List<String> lines = text.lines().toList();
    return decisions.stream()
        .filter(decision -> decision.topic() == topic)
        .map(decision -> lines.get(decision.line() - 1).strip())
        .toList();
  }

  @Test
  void eachDecisionLeadsToItsLine() {
    assertThat(lines(Decision.Topic.UNFIT))
        .isNotEmpty()
        .allMatch(line -> line.contains("% of the values fit"));
    assertThat(lines(Decision.Topic.ZONES))
        .isNotEmpty()
        .allMatch(line -> line.contains("zone: utc"));
    assertThat(lines(Decision.Topic.KINDS)).isNotEmpty().allMatch(line -> line.contains("kind: "));
    assertThat(lines(Decision.Topic.LEFT_OUT))
        .anyMatch(line -> line.matches("- settings.lastPatch +# always None"));
    assertThat(lines(Decision.Topic.LEFT_OUT)).noneMatch(line -> line.contains("the same as"));
    assertThat(lines(Decision.Topic.RENAMES)).isNotEmpty().allMatch(line -> line.contains("aka"));
    assertThat(lines(Decision.Topic.CLASSES)).allMatch(line -> line.endsWith(":"));
  }

  @Test
  void classesOfOneHalfAloneAreNamed() {
    List<ChangesOverTime.Change> changes = ChangesOverTime.of(profile);
    assertThat(changes).isNotEmpty().anyMatch(change -> change.isNew());
    assertThat(ProfileHtml.write(profile, mapping, text, null))
        .contains("only in the second half", changes.get(0).name());
  }

  @Test
  void noTextOfASaveBecomesMarkup() {
    String edited = text + "# <script>alert(1)</script> & \"\n";
    assertThat(ProfileHtml.write(profile, mapping, edited, null))
        .contains("&lt;script&gt;alert(1)")
        .doesNotContain("<script>alert");
  }
}
