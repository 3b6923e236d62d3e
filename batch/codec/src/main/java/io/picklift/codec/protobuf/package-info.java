@NullMarked
package io.picklift.codec.protobuf;

import org.jspecify.annotations.NullMarked;
