package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.profile.ReferenceCount;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import org.jspecify.annotations.Nullable;

/**
 * Notes what a call or the parts of an object stand for: a date, a value of numpy, an enum's
 * member, a container of a class, or the object itself.
 */
final class CallVisit {
  private final WalkedSave walked;
  private final ClassIndex index;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final SaveFacts save;
  private final ScalarRecorder scalars;
  private final VisitStack runs;
  private final LibraryValueRecorder libraries;
  private final DerivedDates dates;
  private final PartialVisit partials;
  private final ArgumentsVisit arguments;
  private final FrameRecorder.Visitor cells;
  private final ContainerVisit containers;
  private final ObjectVisit objects;
  private final HeldMembers held;
  private final EnclosingContainers enclosing = new EnclosingContainers();

  /** Most saves have none. */
  private @Nullable FrameRecorder frames;

  /**
   * Visits what was made in one save.
   *
   * @param held what {@code objects} asks of the object that is visited
   * @param cells told of the cells of tables that are nodes of their own
   */
  CallVisit(
      WalkedSave walked,
      ContainerVisit containers,
      ObjectVisit objects,
      HeldMembers held,
      FrameRecorder.Visitor cells) {
    this.walked = walked;
    index = walked.index;
    meaning = walked.meaning;
    graph = walked.graph;
    save = walked.facts;
    scalars = walked.scalars;
    runs = walked.runs;
    libraries = new LibraryValueRecorder(meaning, scalars);
    dates = new DerivedDates(meaning, scalars);
    partials = new PartialVisit(walked);
    arguments = new ArgumentsVisit(walked);
    this.containers = containers;
    this.objects = objects;
    this.held = held;
    this.cells = cells;
  }

  /** A value of numpy or pandas of no layout that is known: what it is made of says nothing. */
  void unread(ValueProfile place, ClassIndex.Called by, int size) {
    place.see(save, ValueKind.OTHER, size);
    place.markUnread("not read: " + by.name);
  }

  /** Notes a table of pandas or numpy; gives false, noting nothing, for any other value. */
  boolean frame(int node, ValueProfile place, int size, boolean isNew) {
    FrameRecorder recorder = frames;
    if (recorder == null) {
      recorder = new FrameRecorder(meaning, save, scalars);
      frames = recorder;
    }
    return recorder.note(place, node, size, isNew, cells);
  }

  /**
   * Notes what was made by a call or as an object.
   *
   * @return the value that is to be noted in its place: the one plain argument of a call that is
   *     nothing but that, as an enum's is; else -1
   */
  int made(int node, ValueProfile place, int size, boolean isNew, int owner) {
    if (meaning.byValue(node) != null) {
      // A class or a function is a name, with its code or without.
      place.see(save, ValueKind.NAME, size);
      return -1;
    }
    WellKnown known = meaning.wellKnown(node);
    if (known instanceof WellKnown.Complex) {
      arguments.note(node, place, size, isNew);
      return -1;
    }
    if (known != null
        && (scalars.wellKnown(place, known, isNew ? size + NodeBytes.WELL_KNOWN : size)
            || container(place, known, size, isNew, owner))) {
      return -1;
    }
    ClassIndex.Called by = walked.called(meaning.callable(node));
    if (by == null) {
      place.see(save, ValueKind.OTHER, size);
      if (isNew) {
        runs.push(meaning.callable(node), index.beyond());
        unfollowed(node);
      }
      return -1;
    }
    if (by.isOfLibrary) {
      ofLibrary(node, by, place, size, isNew);
      return -1;
    }
    boolean isDate = dates.note(place, node, size);
    int argument = isDate ? -1 : wrapped(node);
    if (argument >= 0 || isDate) {
      ReferenceCount referred = place.referred(by.name);
      referred.count++;
      referred.wrapped++;
      return argument;
    }
    if (partials.note(node, by, place, size, isNew)) {
      return -1;
    }
    held.read(node);
    if (!held.isContainer()) {
      objects.object(node, by, -1, place, size, isNew);
    } else if (enclosing.has(runs.within(), by.name)) {
      objects.object(node, by, -1, place, size, isNew);
      if (isNew) {
        ValueProfile ofClass = index.met(by, save).profile.contents();
        ofClass.see(save, held.kind(), 0);
        contents(by, ofClass, true, owner);
      }
    } else {
      container(node, by, place, size, isNew, owner);
    }
    return -1;
  }

  /** Notes what the name of a function or class of numpy or pandas made. */
  private void ofLibrary(
      int node, ClassIndex.Called by, ValueProfile place, int size, boolean isNew) {
    if ((by.mayBeFrame && frame(node, place, size, isNew)) || libraries.note(place, node, size)) {
      return;
    }
    if (arguments.isRange(node, by)) {
      arguments.note(node, place, size, isNew);
    } else {
      unread(place, by, size);
    }
  }

  /**
   * Notes a container of a class: its members as those of a plain one in its place, its attributes
   * as those of its class.
   */
  private void container(
      int node, ClassIndex.Called by, ValueProfile place, int size, boolean isNew, int owner) {
    ReferenceCount referred = place.referred(by.name);
    referred.held++;
    if (held.isAlone()) {
      referred.count++;
      referred.wrapped++;
      referred.heldAlone++;
      place.see(save, held.kind(), size);
    } else {
      place.hold(held.kind());
      objects.object(node, by, -1, place, size, isNew);
    }
    contents(by, place, isNew, owner);
  }

  private void contents(ClassIndex.Called by, ValueProfile place, boolean isNew, int owner) {
    int within = runs.within();
    runs.setWithin(enclosing.enter(within, by.name));
    long members = held.members();
    switch (held.kind()) {
      case DICT -> containers.pairsOf(place, members, SaveDictPlaces.NO_KEYS, isNew);
      case TUPLE -> containers.placesOf(place, members, isNew, owner);
      case LIST -> containers.listOf(place, members, isNew, owner);
      default -> containers.itemsOf(place, members, isNew, owner);
    }
    runs.setWithin(within);
  }

  /** The one plain argument of a call that is nothing but that, as an enum's is; else -1. */
  private int wrapped(int node) {
    long arguments = meaning.argumentSpan(node);
    if (MemberSpan.count(arguments) != 1
        || MemberSpan.count(meaning.keywordSpan(node)) > 0
        || MemberSpan.count(meaning.stateSpan(node)) > 0
        || MemberSpan.count(meaning.appendedSpan(node)) > 0
        || MemberSpan.count(meaning.entrySpan(node)) > 0) {
      return -1;
    }
    int argument = meaning.member(MemberSpan.start(arguments));
    return switch (graph.kind(argument)) {
      case BOOL, INT, FLOAT, STR, PY2_STR, BYTES -> argument;
      default -> -1;
    };
  }

  private boolean container(
      ValueProfile place, WellKnown known, int size, boolean isNew, int owner) {
    if (!(known instanceof WellKnown.Container container)) {
      return false;
    }
    if (container.isKeyed()) {
      place.see(save, ValueKind.DICT, size);
      containers.pairsOf(place, container.members(), SaveDictPlaces.NO_KEYS, isNew);
    } else {
      place.see(save, ValueKind.DEQUE, size);
      containers.itemsOf(place, container.members(), isNew, owner);
    }
    return true;
  }

  /** What belongs to an object whose class has no name: other objects may be in it. */
  private void unfollowed(int node) {
    ValueProfile beyond = index.beyond();
    walked.pushAll(meaning.entrySpan(node), beyond);
    walked.pushAll(meaning.appendedSpan(node), beyond);
    walked.pushAll(meaning.stateSpan(node), beyond);
    walked.pushAll(meaning.keywordSpan(node), beyond);
    walked.pushAll(meaning.argumentSpan(node), beyond);
  }
}
