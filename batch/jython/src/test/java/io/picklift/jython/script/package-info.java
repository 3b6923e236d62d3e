@NullMarked
package io.picklift.jython.script;

import org.jspecify.annotations.NullMarked;
