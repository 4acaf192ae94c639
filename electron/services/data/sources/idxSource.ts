/** Prepares MNIST and the sets in its form: downloads what is missing, checks it, carves validation from the training part. */
import { idxParams } from '../../../../shared/datasets/idxImages';
import type { Part } from '../../../../shared/ir/dataSetDefinition';
import { FileProblem } from '../../../files/fileProblem';
import { readIdx } from '../../../files/idx';
import { breathe, paramsOf } from '../dataSource';
import type { DataSource, SourceContext } from '../dataSource';
import { fetchFile } from '../fetchFile';
import type { PreparedWriter } from '../preparedWriter';

const imageSize = [28, 28] as const;

/** Images and labels of one half of the set: the training half, or the test half. */
interface Half {
  images: Uint8Array;
  labels: Uint8Array;
  count: number;
}

export const idxSource: DataSource = {
  // The published checksums name the content before anything is downloaded; a mirror has to deliver the same.
  identity(context) {
    const files = (context.definition.files ?? []).map(({ name, md5, sha256 }) => sha256 ?? md5 ?? name);
    return Promise.resolve({ files, validation: paramsOf(idxParams, context).validation });
  },
  async prepare(context, writer) {
    const { validation } = paramsOf(idxParams, context);
    const [trainImages, trainLabels, testImages, testLabels] = await fetchAll(context);
    const classes = [...(context.definition.info(context.params)?.fields[1]?.classes ?? [])];
    planFields(writer, classes);
    const train = await readHalf(context, trainImages, trainLabels, classes.length);
    if (validation >= train.count) {
      const message = `data.validation is ${validation}, but there are only ${train.count} training samples.`;
      throw new FileProblem('bad-value', context.definition.type, message);
    }
    const firstValidation = train.count - validation;
    await writeHalf(context, writer, train, (sample) => (sample < firstValidation ? 'train' : 'validation'));
    const test = await readHalf(context, testImages, testLabels, classes.length);
    await writeHalf(context, writer, test, () => 'test');
    return { origin: context.definition.addresses?.[0] ?? null };
  },
};

async function fetchAll(context: SourceContext): Promise<[string, string, string, string]> {
  const fetched: string[] = [];
  for (const file of context.definition.files ?? []) fetched.push(await fetchFile(context, file));
  const [trainImages, trainLabels, testImages, testLabels] = fetched;
  if (!trainImages || !trainLabels || !testImages || !testLabels) throw new Error('an IDX set has four files');
  return [trainImages, trainLabels, testImages, testLabels];
}

function planFields(writer: PreparedWriter, classes: string[]): void {
  const common = { stored: 'uint8', layout: null, columns: null } as const;
  writer.addField({
    ...common,
    name: 'image',
    shape: [...imageSize, 1],
    dtype: 'float32',
    classes: null,
    range: [0, 1],
    role: 'input',
    scaling: { kind: 'divide', by: 255, largest: 255 },
  });
  writer.addField({
    ...common,
    name: 'label',
    shape: [],
    dtype: 'int32',
    classes,
    range: [0, classes.length - 1],
    role: 'target',
    scaling: { kind: 'none' },
  });
}

async function readHalf(
  { files }: SourceContext,
  imagesFile: string,
  labelsFile: string,
  classes: number,
): Promise<Half> {
  const images = await readIdx(files, imagesFile, { dimensions: 3 });
  const labels = await readIdx(files, labelsFile, { dimensions: 1 });
  const [count = 0, ...size] = images.shape;
  const refuse = (file: string, message: string): never => {
    throw new FileProblem('bad-value', file, `${file}: ${message}`);
  };
  const found = `[${size.join(', ')}]`;
  if (size.join() !== imageSize.join()) refuse(imagesFile, `images are ${found}; expected [${imageSize.join(', ')}].`);
  if (!(images.values instanceof Uint8Array)) return refuse(imagesFile, 'pixels are not bytes.');
  if (!(labels.values instanceof Uint8Array)) return refuse(labelsFile, 'labels are not bytes.');
  if (labels.shape[0] !== count) refuse(labelsFile, `${labels.shape[0] ?? 0} labels for ${count} images.`);
  const bad = labels.values.findIndex((label) => label >= classes);
  if (bad >= 0) {
    const range = `the classes are 0 to ${classes - 1}`;
    refuse(labelsFile, `label ${labels.values[bad]} at position ${bad} is outside the classes; ${range}.`);
  }
  return { images: images.values, labels: labels.values, count };
}

const samplesBetweenBreaths = 2048;

async function writeHalf(
  context: SourceContext,
  writer: PreparedWriter,
  { images, labels, count }: Half,
  partOf: (sample: number) => Part,
): Promise<void> {
  const size = imageSize[0] * imageSize[1];
  for (let sample = 0; sample < count; sample += 1) {
    const part = partOf(sample);
    writer.append('image', part, images.subarray(sample * size, (sample + 1) * size));
    writer.append('label', part, labels.subarray(sample, sample + 1));
    if (sample % samplesBetweenBreaths > 0) continue;
    context.onProgress({ step: 'writing the samples', done: sample, total: count });
    await breathe(context);
  }
}
