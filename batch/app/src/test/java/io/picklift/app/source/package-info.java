@NullMarked
package io.picklift.app.source;

import org.jspecify.annotations.NullMarked;
