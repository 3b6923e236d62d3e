@NullMarked
package io.picklift.app.database;

import org.jspecify.annotations.NullMarked;
