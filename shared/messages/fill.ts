/** Sentences with holes: what is put into one is known by its type, and other languages have the same holes. */

/** "{file} is gone" takes {file}. */
type Holes<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [Key in Name]: string | number } & Holes<Rest>
  : unknown;

export function fill<const Template extends string>(template: Template, values: Holes<Template>): string {
  const given = values as Readonly<Record<string, string | number>>;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(given[name]));
}
