/** The office's board 办理看板: what is open, due and late where and in whose hands, and how long it takes, with the cases behind each figure (decision 198). */
@NamedInterface("board")
@NullMarked
package cn.jincai.process.board;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
