package io.picklift.app.report;

/** The verdict of a verification, in three grades. */
public enum Verdict {
  PROVEN("proven"),
  /** Everything that was found is accepted. */
  PROVEN_WITH_EXCEPTIONS("proven with known exceptions"),
  NOT_PROVEN("not proven");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** The words in reports. */
  public String label() {
    return label;
  }
}
