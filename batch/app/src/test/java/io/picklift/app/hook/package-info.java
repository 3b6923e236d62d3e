@NullMarked
package io.picklift.app.hook;

import org.jspecify.annotations.NullMarked;
