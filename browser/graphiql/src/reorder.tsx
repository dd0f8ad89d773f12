// SPDX-License-Identifier: Apache-2.0

import { Children, cloneElement, isValidElement } from "react";
import type { ComponentProps, ReactElement } from "react";

/**
 * Stands in for framer-motion (130 kB), from which GraphiQL takes the dragging
 * of its tabs. The tabs keep their order; and they become what they are, a list
 * of buttons: GraphiQL's own role="tab" around two buttons hides the one that
 * closes the tab from screen readers.
 */
type GroupProps = Omit<ComponentProps<"ul">, "role"> & {
  role?: string;
  axis?: string;
  values?: unknown;
  onReorder?: unknown;
};

function Group({ axis: _axis, values: _values, onReorder: _onReorder, role: _role, ...rest }: GroupProps) {
  return <ul {...rest} role="list" />;
}

type ItemProps = ComponentProps<"li"> & { value?: unknown };

function Item({ value: _value, role: _role, "aria-selected": selected, children, ...rest }: ItemProps) {
  const [button, ...others] = Children.toArray(children);
  return (
    <li {...rest}>
      {isValidElement(button)
        ? cloneElement(button as ReactElement<ComponentProps<"button">>, {
            "aria-current": selected === true ? "true" : undefined,
          })
        : button}
      {others}
    </li>
  );
}

export const Reorder = { Group, Item };
