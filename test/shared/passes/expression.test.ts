// Expressions compute like mathematics and fail with a reason.
import { describe, expect, it } from 'vitest';
import { evaluateExpression, namesIn } from '../../../shared/passes/expression';

const scope = { width: 8, index: 2, kind: 'same', pair: [1, 2] };

function value(text: string): unknown {
  const result = evaluateExpression(text, scope);
  return 'value' in result ? result.value : `error: ${result.error}`;
}

describe('an expression', () => {
  it('binds as in mathematics (checked against JavaScript)', () => {
    expect(value('=2 + 3 * 4 - 10 / 4 % 2')).toBe(2 + 3 * 4 - ((10 / 4) % 2));
    expect(value('=(2 + 3) * -4')).toBe((2 + 3) * -4);
    expect(value('=2 ** 3 ** 2')).toBe(2 ** (3 ** 2));
    expect(value('=-2 ** 2')).toBe(-(2 ** 2));
    expect(value('=2 ** -1')).toBe(0.5);
    expect(value('=7 - 3 - 2')).toBe(2);
    expect(value('=1.5e1 + .5')).toBe(15.5);
    expect(value('=--3')).toBe(3);
  });

  it('knows functions and the names in scope', () => {
    expect(value('=width * 2 ** index')).toBe(32);
    expect(value('=min(width, 3, 5) + max(1, 2) + floor(1.7) + ceil(1.2) + round(2.5)')).toBe(3 + 2 + 1 + 2 + 3);
    expect(value('= width ')).toBe(8);
  });

  it('that is a bare name stands for any value', () => {
    expect(value('=kind')).toBe('same');
    expect(value('=pair')).toEqual([1, 2]);
  });

  it('that cannot be computed says why', () => {
    expect(value('=depth + 1')).toBe('error: there is no "depth"; known here: width, index, kind, pair');
    expect(value('=constructor')).toContain('there is no "constructor"');
    expect(value('=kind * 2')).toBe('error: kind is not a number');
    expect(value('=1 / (width - 8)')).toBe('error: it divides by zero');
    expect(value('=1 % 0')).toBe('error: it divides by zero');
    expect(value('=10 ** 400')).toBe('error: the result is not a finite number');
    expect(value('=')).toBe('error: a value is missing before the end');
    expect(value('=2 +')).toBe('error: a value is missing before the end');
    expect(value('=2 3')).toBe('error: 3 is not expected there');
    expect(value('=(2')).toBe('error: a closing parenthesis is missing');
    expect(value('=min(2')).toBe('error: the parenthesis of min is not closed');
    expect(value('=floor(1, 2)')).toBe('error: floor takes 1 value');
    expect(value('=a = 2')).toBe('error: "=" is not understood');
    expect(value('=alert("x")')).toContain('is not understood');
    expect(value(`=${'('.repeat(60)}1${')'.repeat(60)}`)).toBe('error: it is nested more than 50 deep');
    expect(value(`=${'2**'.repeat(60)}1`)).toBe('error: it is nested more than 50 deep');
    expect(value(`=${'1+'.repeat(400)}1`)).toBe('error: it is longer than 500 characters');
  });

  it('names what it uses', () => {
    expect(namesIn('=max(width, index) * 2')).toEqual(['width', 'index']);
  });
});
