@NullMarked
package io.picklift.app.verify;

import org.jspecify.annotations.NullMarked;
