/**
 * The walk that takes a profile from a save: each node is visited where it is met first, and what
 * it shows is added to its place. Here is what lives as long as one save or one thread; what is
 * kept is in the package above, which does not know this one. The walk is the hot code of {@code
 * profile}: bench it after a change. Start with {@link io.picklift.schema.profile.walk.Profiler},
 * then {@code ProfileWalk}.
 */
@NullMarked
package io.picklift.schema.profile.walk;

import org.jspecify.annotations.NullMarked;
