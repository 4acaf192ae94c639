/** The lines of a constructor that make its members. */
import { code } from '../../ir/emit/code';
import { printStatement } from '../printCode';
import { python } from '../python';
import { linesOf, type SourceLine } from '../sourceFile';
import type { Member } from './members';

export function memberLines(members: readonly Member[], chain: boolean): SourceLine[] {
  return chain ? chainLines(members) : attributeLines(members);
}

/** `super().__init__(OrderedDict(conv1=..., relu1=...))`: one line or more a member. */
function chainLines(members: readonly Member[]): SourceLine[] {
  const items = members.map(({ node, name, made }): SourceLine[] =>
    linesOf(printStatement(python, code`${name}=${made},`, 4), [node.id]),
  );
  return [
    ...linesOf(['        super().__init__(', '            OrderedDict(']),
    ...items.flat(),
    ...linesOf(['            )', '        )']),
  ];
}

function attributeLines(members: readonly Member[]): SourceLine[] {
  const made = members.filter((member) => member.name !== null && member.made !== null);
  return [
    ...linesOf(['        super().__init__()']),
    ...uniqueBy(made).flatMap(({ node, name, made: hole }) =>
      linesOf(printStatement(python, code`self.${name} = ${hole}`, 2), [node.id]),
    ),
  ];
}

/** Nodes that share a module are one member. */
function uniqueBy(members: readonly Member[]): Member[] {
  return members.filter(({ name }, at) => members.findIndex((other) => other.name === name) === at);
}
