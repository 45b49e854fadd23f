/** Payments as they are kept 台账: each with its marks and its sealed account, what happened to it, and the key that is paid once. Within the room alone. */
@NullMarked
package cn.jincai.payment.ledger;

import org.jspecify.annotations.NullMarked;
