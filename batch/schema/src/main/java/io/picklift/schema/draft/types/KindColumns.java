package io.picklift.schema.draft.types;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ColumnType.Base;
import io.picklift.schema.mapping.ScalarKind;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ScalarProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column a kind, where values of several kinds stand in one place. */
final class KindColumns {
  /** So few values of a kind, of all there, are left to the residue. */
  private static final int RARE = 200;

  private final ValueProfile value;
  private final ScalarProfile scalars;
  private final long all;

  KindColumns(ValueProfile value) {
    this.value = value;
    scalars = Objects.requireNonNull(value.scalars());
    long sum = 0;
    for (ValueKind kind : ValueKind.values()) {
      sum += kind.isScalar() ? value.count(kind) : 0;
    }
    all = sum;
  }

  List<TypeChoice> choose() {
    List<TypeChoice> choices = new ArrayList<>();
    for (ValueKind kind : ValueKind.values()) {
      TypeChoice choice = kind.isScalar() && value.count(kind) * RARE >= all ? choose(kind) : null;
      if (choice != null && choice.fits() > 0) {
        choices.add(choice);
      }
    }
    return choices;
  }

  private @Nullable TypeChoice choose(ValueKind kind) {
    long count = value.count(kind);
    return switch (kind) {
      case BOOL -> of(Base.BOOLEAN, ScalarKind.BOOL, count);
      case INT ->
          new TypeChoice(TypeChooser.whole(scalars, count), count, count, ScalarKind.INT, false);
      case FLOAT -> of(Base.DOUBLE, ScalarKind.FLOAT, count - scalars.unfitFloats());
      case TEXT ->
          new TypeChoice(
              TypeChooser.text(scalars),
              count - scalars.surrogates(),
              count,
              ScalarKind.STR,
              false);
      case BYTES ->
          new TypeChoice(
              TypeChooser.bytes(scalars.byteLengths()), count, count, ScalarKind.BYTES, false);
      case DATETIME -> of(Base.DATETIME, ScalarKind.DATETIME, count);
      case INSTANT ->
          new TypeChoice(
              ColumnType.of(Base.DATETIME),
              count - scalars.unfitInstants(),
              count,
              ScalarKind.INSTANT,
              true);
      case DATE -> of(Base.DATE, ScalarKind.DATE, count);
      case TIME -> of(Base.TIME, ScalarKind.TIME, count);
      case DURATION -> of(Base.BIGINT, ScalarKind.TIMEDELTA, count);
      case DECIMAL -> {
        TypeChoice decimal = TypeChooser.decimal(scalars, count);
        yield decimal == null
            ? null
            : new TypeChoice(decimal.type(), decimal.fits(), count, ScalarKind.DECIMAL, false);
      }
      case UUID -> of(Base.BINARY, ScalarKind.UUID, count);
      default -> null;
    };
  }

  private static TypeChoice of(Base base, ScalarKind kind, long fits) {
    return new TypeChoice(ColumnType.of(base), fits, fits, kind, false);
  }
}
