@NullMarked
package io.picklift.codec.model;

import org.jspecify.annotations.NullMarked;
