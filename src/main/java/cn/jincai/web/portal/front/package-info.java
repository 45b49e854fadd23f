/** Where somebody looks for what there is for him: home, the list of schemes and the page of each. */
@NullMarked
package cn.jincai.web.portal.front;

import org.jspecify.annotations.NullMarked;
