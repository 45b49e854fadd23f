package cn.jincai.policy.registers;

import java.util.Set;

/** Told by the room that knows the accounts. */
public interface RolesHeld {
    /** Codes of roles that somebody holds or is proposed for. */
    Set<String> codes();
}
