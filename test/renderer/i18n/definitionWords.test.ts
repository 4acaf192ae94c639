/** Every definition, parameter and port of the library has its words in both languages, and no words are left over. */
import { describe, expect, it } from 'vitest';
import {
  definitionsZh,
  definitionWords,
  paramHelp,
  portHelp,
  type DefinitionKind,
} from '../../../renderer/i18n/definitionWords';
import { paramLabel, paramLabelsZh } from '../../../renderer/i18n/paramLabels';
import { library } from '../../../shared/library';

const kinds = Object.keys(definitionsZh) as DefinitionKind[];
const chinese = /\p{Script=Han}/u;

describe.each(kinds)('%s', (kind) => {
  const definitions = library[kind].list;

  it('are all named and described in Chinese, and no others', () => {
    expect(Object.keys(definitionsZh[kind]).sort()).toEqual(definitions.map(({ type }) => type).sort());
    for (const definition of definitions) {
      expect(definitionWords(kind, definition, 'zh-CN').summary).toMatch(chinese);
      expect(definitionWords(kind, definition, 'en')).toEqual({
        title: definition.title,
        summary: definition.summary,
      });
    }
  });

  it('have help for every parameter in Chinese, and for no other', () => {
    for (const definition of definitions) {
      const names = Object.keys(definition.params).sort();
      expect(Object.keys(definitionsZh[kind][definition.type]?.params ?? {}).sort(), definition.type).toEqual(names);
      for (const name of names) {
        expect(paramHelp(kind, definition, name, 'zh-CN')).toMatch(chinese);
        expect(paramHelp(kind, definition, name, 'en')).toBe(definition.params[name]?.help);
        expect(paramLabelsZh, name).toHaveProperty(name);
      }
    }
  });
});

describe('ports', () => {
  it('have help in Chinese wherever the definition has it', () => {
    for (const layer of library.layers.list) {
      for (const { name, help } of [...layer.inputs, ...layer.outputs]) {
        if (help !== undefined) expect(portHelp(layer.type, name, help, 'zh-CN')).toMatch(chinese);
        else expect(portHelp(layer.type, name, help, 'zh-CN')).toBe('');
        expect(portHelp(layer.type, name, help, 'en')).toBe(help ?? '');
      }
    }
  });
});

describe('labels of parameters', () => {
  it('are the names in files spelt as words', () => {
    expect(paramLabel('kernelSize', 'en')).toBe('Kernel size');
    expect(paramLabel('beta1', 'en')).toBe('Beta 1');
    expect(paramLabel('k', 'en')).toBe('K');
    expect(paramLabel('kernelSize', 'zh-CN')).toBe('卷积核大小');
    expect(paramLabel('constructor', 'zh-CN')).toBe('Constructor');
  });
});
