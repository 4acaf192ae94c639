/** What the reading process is asked: runs, samples and data, so that a large log never holds up the main process. */
import { z } from 'zod';
import { dataConfigSchema } from '../training/config';
import { defineContract } from './define';
import { dataDescriptionSchema, dataInfoSchema } from './studio/dataSchemas';
import { differenceSchema, runDetailsSchema, runListingSchema, sampleSchema, seriesSchema } from './studio/runSchemas';
import { count, json, part, runId, text } from './studio/values';

const home = z.string().min(1);
const buckets = z.int().min(1).max(20_000);
const places = z.strictObject({
  home,
  folder: z.string(),
  assets: z.string(),
  mirror: z.string().nullable(),
});
const data = dataConfigSchema;
const indices = z.array(count).max(200);

export const readerContract = defineContract({
  name: 'reader',
  requests: {
    runs: { request: z.strictObject({ home }), response: z.strictObject({ runs: z.array(runListingSchema) }) },
    runDetails: { request: z.strictObject({ home, run: runId, buckets }), response: runDetailsSchema },
    runSeries: {
      request: z.strictObject({ home, run: runId, names: z.array(z.string()), from: count, to: count, buckets }),
      response: z.strictObject({ series: z.array(seriesSchema) }),
    },
    compareRuns: {
      request: z.strictObject({ home, runs: z.array(runId), all: z.boolean().optional() }),
      response: z.strictObject({ differences: z.array(differenceSchema) }),
    },
    runDesign: {
      request: z.strictObject({ home, run: runId }),
      response: z.strictObject({ design: json, data, designFile: z.string().nullable() }),
    },
    dataInfo: {
      request: z.strictObject({ data, places }),
      response: z.strictObject({ info: dataInfoSchema.nullable() }),
    },
    describeData: { request: z.strictObject({ data, places }), response: dataDescriptionSchema },
    /** Bundled and generated data are prepared for it; others must have been. */
    dataSamples: {
      request: z.strictObject({ data, places, part, indices }),
      response: z.strictObject({
        counts: z.strictObject({ train: count, validation: count, test: count }),
        samples: z.array(sampleSchema),
      }),
    },
    /** Samples that fell into a cell of the confusion matrix, by what `predictions` (of the whole part) say. */
    confusionSamples: {
      request: z.strictObject({
        data,
        places,
        part: z.enum(['validation', 'test']),
        predictions: text,
        head: text,
        actual: count,
        predicted: count,
        most: z.int().min(1).max(200),
      }),
      response: z.strictObject({ total: count, samples: z.array(sampleSchema) }),
    },
  },
  events: {},
});
export type ReaderContract = typeof readerContract;
