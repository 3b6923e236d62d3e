@NullMarked
package io.picklift.app.job;

import org.jspecify.annotations.NullMarked;
