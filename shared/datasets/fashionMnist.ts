/** Fashion-MNIST, downloaded when first asked for. */
import { defineDataSet } from './define';
import { idxInfo, idxNames, idxParams } from './idxImages';

const articles = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

export const fashionMnist = defineDataSet({
  type: 'fashionMnist',
  title: 'Fashion-MNIST',
  summary: '70,000 pictures of clothes of 28x28 pixels in ten classes, with the values 0 to 255 scaled to 0..1.',
  attribution: 'H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST, Zalando SE, 2017.',
  licence: 'MIT',
  origin: 'download',
  // Published over http only; the checksums are what makes that safe.
  addresses: ['http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/'],
  files: [
    { name: idxNames[0], bytes: 26_421_880, md5: '8d4fb7e6c68d591d4c3dfef9ec88bf0d' },
    { name: idxNames[1], bytes: 29_515, md5: '25c81989df183df01b3e8a0aad5dffbe' },
    { name: idxNames[2], bytes: null, md5: 'bef4ecab320f06d8554ea6380940ec79' },
    { name: idxNames[3], bytes: null, md5: 'bb300cfdad3c16e7a12a480ee83cd310' },
  ],
  params: idxParams,
  info: ({ validation }) => idxInfo(articles, validation),
});
