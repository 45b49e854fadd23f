/**
 * Tasks and the people who do them: handed from one to another with a word, passed on where somebody is away, proposed by the due day, and told of where nobody may take them.
 */
@NamedInterface("people")
@NullMarked
package cn.jincai.process.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
