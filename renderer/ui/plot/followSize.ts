/** How large an element is, as the browser tells it; asked of the element in every drawing, it would lay out the page anew. */

export interface Size {
  width: number;
  height: number;
}

export interface Followed<Value> {
  current: () => Value;
  end: () => void;
}

/** Whole pixels. `changed` is called for the first size too; until then there is none. */
export function followSize(element: Element, changed: () => void): Followed<Size> {
  let size: Size = { width: 0, height: 0 };
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const { width, height } = entry.contentRect;
    size = { width: Math.round(width), height: Math.round(height) };
    changed();
  });
  observer.observe(element);
  return { current: () => size, end: () => observer.disconnect() };
}
