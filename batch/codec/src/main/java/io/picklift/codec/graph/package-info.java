@NullMarked
package io.picklift.codec.graph;

import org.jspecify.annotations.NullMarked;
