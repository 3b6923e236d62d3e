@NullMarked
package io.picklift.schema.residue;

import org.jspecify.annotations.NullMarked;
