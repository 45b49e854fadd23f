/**
 * All that exists only in the demo: sample people and cases, the simulated sources and bank, and the controls by which they are moved. Nothing asks it but the portal's "fill in a sample".
 */
@ApplicationModule(displayName = "Demo")
@NullMarked
package cn.jincai.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
