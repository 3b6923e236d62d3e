/**
 * Why a save is refused: one sealed family of exceptions with stable codes. Each carries where and
 * why, and never what the save holds.
 *
 * <p>What may not come in: causes outside of the codec (a server, a file). Start at {@link
 * io.picklift.codec.error.CodecException}.
 */
@NullMarked
package io.picklift.codec.error;

import org.jspecify.annotations.NullMarked;
