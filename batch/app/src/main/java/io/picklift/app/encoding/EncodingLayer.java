package io.picklift.app.encoding;

import io.picklift.app.encoding.format.Encoding;

/**
 * One encoding that was undone on the way to the pickle.
 *
 * @param outer the bytes that it had been
 */
public record EncodingLayer(Encoding encoding, byte[] outer) {}
