package io.picklift.schema.tables.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.schema.drift.Drift;
import io.picklift.schema.drift.DriftReport;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.OnNew;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.testing.BaolifeSaves;
import io.picklift.schema.testing.ProfiledTables;
import io.picklift.schema.testing.PythonValues;
import io.picklift.schema.testing.Saves;
import io.picklift.schema.testing.ShapeSaves;
import io.picklift.schema.testing.ZippedSaves;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code on_new}: what becomes of a save with something that the mapping does not know. */
class ContractTest {
  private static final String MAPPING =
      """
      version: 1
      on_new: quarantine
      classes: [shop.Known]
      tables:
        save:
          root: true
          residue: [old, home.attic]
          columns:
            hp: INT
            name: {type: VARCHAR(9), on_new: residue}
            city: {path: home.city, type: VARCHAR(9)}
            settings: JSON
            raw: VARBINARY(9)
        owner:
          class: shop.Owner
          columns:
            age: INT
        pet:
          each: save.pets
          on_new: freeze
          columns:
            age: INT
      """;

  private static final String STRICT = "version: 1\non_new: freeze";

  private static void split(String mapping, String pickle) throws Exception {
    byte[] bytes = pickle.replace(' ', '\n').getBytes(StandardCharsets.UTF_8);
    SaveSplitter.split(
        Mapping.parse("mapping.yaml", mapping), Saves.decode(bytes), 1, Limits.defaults());
  }

  @ParameterizedTest
  @CsvSource({
    "'(dVhp I5 sVname I7 sVold I1 s.', a type where the column lets it pass",
    "'(dVhp Nsd.', None is of every type",
    "'(dVhome (dVcity Va sVattic I1 ss.', what the residue is known to have",
    "'(dVsettings (dVwhatever I1 ss.', all of a document",
    "'(dVpets (l(dVage I2 sas.', what the mapping has",
    "'(dVhome (ishop Owner (dVage I2 sbs.', what the table of an object's class has",
    "'(dVraw S\"a\" s.', a str of Python 2 in a column of bytes",
    "'(dVraw S\"\\xdf\" s.', a str of Python 2 that is no text",
    "'(dVold ccopy_reg _reconstructor (cshop Known c__builtin__ object NtRs.', a known class"
  })
  void whatIsKnownPasses(String pickle, String what) throws Exception {
    split(MAPPING, pickle.replace("Nsd.", "Ns."));
    assertThat(what).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'(dVhp I5 sVxp I7 s.', QUARANTINE, save.xp is an attribute",
    "'(dVhp Vfive s.', QUARANTINE, save.hp is of a type that the mapping does not know there: str",
    "'(dVhp (lI1 as.', QUARANTINE, save.hp is of a type that the mapping does not know there: list",
    "'(dVhome (dVcity Va sVcellar I1 ss.', QUARANTINE, save.home.cellar is an attribute",
    "'(dVpets (l(dVage I2 sVbreed I1 sas.', FREEZE, pet.breed is an attribute",
    "'(dVhome (ishop Owner (dVname I2 sbs.', QUARANTINE, owner.name is an attribute",
    "'(dVhome (dVcity S\"\\xdf\" ss.', QUARANTINE, save.home.city is of a type that the mapping"
        + " does not know there: bytes",
    "'(dVold (ishop Other (dVa I1 sbs.', QUARANTINE, shop.Other is a class"
  })
  void whatIsNewIsTold(String pickle, OnNew then, String message) {
    assertThatThrownBy(() -> split(MAPPING, pickle))
        .isInstanceOfSatisfying(SplitException.class, e -> assertThat(e.onNew()).isEqualTo(then))
        .hasMessageContaining(message);
  }

  @Test
  void nothingIsAskedWithoutAWord() throws Exception {
    String silent = MAPPING.replaceAll("on_new: \\w+", "unfit: residue");
    split(silent, "(dVhp I5 sVxp I7 s.");
  }

  /** What a first mapping leaves out is known to it: its own saves have nothing new. */
  @Test
  void aFirstMappingKnowsAllOfItsSaves() throws Exception {
    Map<String, List<byte[]>> all = new TreeMap<>(ShapeSaves.byApplication());
    ZippedSaves zipped =
        ZippedSaves.of("/hierarchies.zip", "/applications.zip", "/applications2.zip");
    zipped.applications().forEach(name -> all.put(name, zipped.saves(name)));
    all.put("baolife", BaolifeSaves.read().stream().map(BaolifeSaves.Save::pickle).toList());
    for (Map.Entry<String, List<byte[]>> one : all.entrySet()) {
      String text = ProfiledTables.of(one.getValue()).text();
      assertThat(text).doesNotContain("on_new");
      // Splits every save, and fails where one is refused.
      ProfiledTables.under(
          one.getValue(), text.replaceFirst("version: 1\n", "version: 1\non_new: freeze\n"));
    }
  }

  @Test
  void againstAMappingItsLinesAndItsSqlAreShown() throws Exception {
    ZippedSaves saves = ZippedSaves.of("/hierarchies.zip");
    List<byte[]> all = saves.saves("payments");
    List<byte[]> few = List.of(all.get(0), all.get(1), all.get(3), all.get(4));
    String text =
        ProfiledTables.of(few).text().replaceFirst("version: 1\n", "version: 1\non_new: freeze\n");
    Profile now = ProfiledTables.profile(all);
    DriftReport report = Drift.compare(now, Mapping.parse("mapping.yaml", text), "");
    assertThat(report.text())
        .contains("shop.payments.VoucherPayment: a class of 8 objects")
        .contains("; on_new: freeze")
        .contains("mapping: orders: payment_code:   {path: payment.code, type: VARCHAR(16)")
        .contains("sql: ALTER TABLE `orders` ADD COLUMN `payment_code` VARCHAR(16) NULL");
    DriftReport none =
        Drift.compare(ProfiledTables.profile(few), Mapping.parse("mapping.yaml", text), "");
    assertThat(none.findings()).isEmpty();
    assertThat(none.additions()).isEmpty();
  }

  /** Of a DataFrame its columns, by their labels; what pandas marks as missing is of every type. */
  @Test
  void aColumnOfATableThatTheMappingDoesNotKnowIsNew() throws Exception {
    byte[] frame =
        PythonValues.of("frames.tsv.gz").stream()
            .filter(value -> value.name().equals("2.2_all") && value.protocol() == 5)
            .findFirst()
            .orElseThrow()
            .pickle();
    String known = ProfiledTables.of(List.of(frame)).text().replace("version: 1", STRICT);
    SaveSplitter.split(
        Mapping.parse("mapping.yaml", known), Saves.decode(frame), 1, Limits.defaults());
    String less = known.replaceFirst("      price: .*\n", "").replace("price, ", "");
    assertThatThrownBy(
            () ->
                SaveSplitter.split(
                    Mapping.parse("mapping.yaml", less), Saves.decode(frame), 1, Limits.defaults()))
        .isInstanceOf(SplitException.class)
        .hasMessageContaining("save_at.price is a column that the mapping does not know");
  }
}
