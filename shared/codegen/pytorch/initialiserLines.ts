/** The statements of a constructor that draw first weights as Netloom draws them: in a loop where members are drawn alike. */
import { brandName, call, code, text, type Fragment, type Hole, type Name } from '../../ir/emit/code';
import { printStatement } from '../printCode';
import { python } from '../python';
import { linesOf, type SourceLine } from '../sourceFile';
import type { Member } from './members';

const depth = 2;

interface Drawn {
  readonly id: string;
  readonly name: Name;
  readonly of: Fragment | null;
  readonly draws: readonly { readonly theirs: string; readonly draw: (weight: Fragment) => Hole }[];
}

/** Members of one class whose weights of one name are drawn alike; or of several such classes. */
interface Alike {
  readonly of: Fragment;
  readonly members: readonly Drawn[];
  /** Of the body of the loop, by the name of the weight. */
  readonly statements: ReadonlyMap<string, Hole>;
  /** Whether a bias may be missing, by what the members are or by what the class says of its type. */
  readonly maybe: boolean;
}

/** `module`: a name for the loop's variable. */
export function initialiserLines(members: readonly Member[], module: Name): SourceLine[] {
  const drawn = members.flatMap(({ node, name, made, tiedTo, emission: { initialise } }): Drawn[] =>
    name && made !== null && tiedTo === null && initialise ? [{ id: node.id, name, ...initialise }] : [],
  );
  const classes = [...new Set(drawn.flatMap(({ of }) => (of ? [printed(of)] : [])))];
  const alike = classes.flatMap((name) => {
    const same = alikeIn(
      drawn.filter(({ of }) => of !== null && printed(of) === name),
      module,
    );
    return same ? [same] : [];
  });
  const inLoops = new Set(alike.flatMap((group) => group.members));
  const groups = alike.reduce(joined, []);
  return [...loopLines(groups, module), ...drawn.filter((each) => !inLoops.has(each)).flatMap(singleLines)];
}

function alikeIn(members: readonly Drawn[], module: Name): Alike | null {
  const statements = new Map<string, Hole>();
  for (const { draws } of members) {
    for (const { theirs, draw } of draws) {
      const statement = draw(code`${module}.${brandName(theirs)}`);
      const known = statements.get(theirs);
      if (known !== undefined && printed(known) !== printed(statement)) return null;
      statements.set(theirs, statement);
    }
  }
  const [first] = members;
  if (!first?.of) return null;
  const biased = members.every(({ draws }) => draws.some(({ theirs }) => theirs === 'bias'));
  return { of: first.of, members, statements, maybe: !biased || printed(first.of) !== 'nn.Linear' };
}

/** Takes a class into the first group that draws its weights in the same way; only biases may be missing on one side. */
function joined(groups: readonly Alike[], next: Alike): Alike[] {
  const at = groups.findIndex(({ statements }) => agree(statements, next.statements));
  const found = groups[at];
  if (!found) return [...groups, next];
  const together: Alike = {
    of: code`${found.of} | ${next.of}`,
    members: [...found.members, ...next.members],
    statements: new Map([...found.statements, ...next.statements]),
    maybe: found.maybe || next.maybe,
  };
  return groups.map((group, index) => (index === at ? together : group));
}

function agree(a: Alike['statements'], b: Alike['statements']): boolean {
  return [...new Set([...a.keys(), ...b.keys()])].every((theirs) => {
    const [one, other] = [a.get(theirs), b.get(theirs)];
    if (one === undefined || other === undefined) return theirs === 'bias';
    return printed(one) === printed(other);
  });
}

/** One loop over the children, with a branch for each group. */
function loopLines(groups: readonly Alike[], module: Name): SourceLine[] {
  if (groups.length === 0) return [];
  const idsOf = ({ members }: Alike): string[] => members.map(({ id }) => id);
  const branches = groups.flatMap((group, at): SourceLine[] => {
    const keyword = at === 0 ? code`if` : code`elif`;
    const condition = code`${keyword} ${call(code`isinstance`, [module, group.of])}:`;
    const body = [...group.statements].flatMap(([theirs, drawn]) => {
      if (theirs !== 'bias' || !group.maybe) return print(drawn, depth + 2);
      return [...print(code`if ${module}.bias is not None:`, depth + 2), ...print(drawn, depth + 3)];
    });
    return linesOf([...print(condition, depth + 1), ...body], idsOf(group));
  });
  const head = print(code`for ${module} in self.children():`, depth);
  return [...linesOf(head, groups.flatMap(idsOf)), ...branches];
}

/** Each weight by its name: typed, which the attributes of modules are not always. */
function singleLines({ id, name, draws }: Drawn): SourceLine[] {
  return draws.flatMap(({ theirs, draw }) => {
    const weight = call(code`self.get_parameter`, [text(`${name.identifier}.${theirs}`)]);
    return linesOf(print(draw(code`${weight}`), depth), [id]);
  });
}

function print(statement: Hole, at: number): string[] {
  return printStatement(python, statement, at);
}

function printed(hole: Hole): string {
  return print(hole, 0).join('\n');
}
