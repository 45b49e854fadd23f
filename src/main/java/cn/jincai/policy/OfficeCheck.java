package cn.jincai.policy;

import cn.jincai.kernel.Problem.Mistake;
import java.util.List;

/** What can be said of a package only where it is to be in force: whether there are people for its steps, and whom its changes meet. It stops nothing; whoever proposes the package signs it. */
public interface OfficeCheck {
    /** Told today, in the order of the steps; another day may give another answer. */
    List<Mistake> look(PolicyPackage candidate);
}
