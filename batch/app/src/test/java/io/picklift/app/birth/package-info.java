@NullMarked
package io.picklift.app.birth;

import org.jspecify.annotations.NullMarked;
