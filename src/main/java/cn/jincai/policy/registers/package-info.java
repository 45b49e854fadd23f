/** Registers 登记簿: the codes that schemes share, such as sources, funds and regions, each entry with the days in which it holds. */
@NamedInterface("registers")
@NullMarked
package cn.jincai.policy.registers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
