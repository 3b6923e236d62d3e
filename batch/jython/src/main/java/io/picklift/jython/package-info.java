/**
 * Everything that runs on Jython, in three parts: the second decoder, written in Python ({@code
 * picklift_jython/engine}), which shares no line with {@code codec.pickle}; the module {@code
 * picklift} of users' scripts ({@code picklift_jython/module}); and the adapters that compute
 * columns.
 *
 * <p>What may not come in: anything that hands a pickle's names to Python's import, or a save to
 * Jython's own {@code pickle}. The engine's interpreters cannot import; those of scripts and
 * adapters run users' trusted code, and see saves as inert objects.
 *
 * <p>Start at {@link io.picklift.jython.JythonDecoder} and {@code engine/unpickler.py}; {@link
 * io.picklift.jython.BothEngines} compares the two decoders; {@link
 * io.picklift.jython.ScriptRunner} and {@link io.picklift.jython.Adapters} are the doors for users'
 * Python.
 */
@NullMarked
package io.picklift.jython;

import org.jspecify.annotations.NullMarked;
