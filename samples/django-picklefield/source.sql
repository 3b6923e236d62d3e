-- A model with a PickledObjectField as its migration creates it on MySQL.
CREATE TABLE `shop_config` (`id` integer AUTO_INCREMENT NOT NULL PRIMARY KEY, `key` varchar(255) NOT NULL UNIQUE, `value` longtext NULL);
INSERT INTO `shop_config` (`id`, `key`, `value`) VALUES (1, 'SITE_NAME', 'gAJYCQAAAExhbXAgc2hvcHEALg==');
INSERT INTO `shop_config` (`id`, `key`, `value`) VALUES (2, 'OPEN', 'gAKILg==');
INSERT INTO `shop_config` (`id`, `key`, `value`) VALUES (3, 'MAX_ITEMS', 'gAJLFC4=');
INSERT INTO `shop_config` (`id`, `key`, `value`) VALUES (4, 'VAT', 'gAJjZGVjaW1hbApEZWNpbWFsCnEAWAQAAAAwLjE5cQGFcQJScQMu');
INSERT INTO `shop_config` (`id`, `key`, `value`) VALUES (5, 'SALE_FROM', 'gAJjZGF0ZXRpbWUKZGF0ZQpxAGNfY29kZWNzCmVuY29kZQpxAVgFAAAAB8OoBQFxAlgGAAAAbGF0aW4xcQOGcQRScQWFcQZScQcu');
INSERT INTO `shop_config` (`id`, `key`, `value`) VALUES (6, 'OPENS_AT', 'gAJjZGF0ZXRpbWUKdGltZQpxAGNfY29kZWNzCmVuY29kZQpxAVgGAAAACR4AAAAAcQJYBgAAAGxhdGluMXEDhnEEUnEFhXEGUnEHLg==');
INSERT INTO `shop_config` (`id`, `key`, `value`) VALUES (7, 'RATIO', 'gAJHP+AAAAAAAAAu');
INSERT INTO `shop_config` (`id`, `key`, `value`) VALUES (8, 'COUNTRIES', 'gAJdcQAoWAIAAABERXEBWAIAAABDSHECWAIAAABBVHEDZS4=');
INSERT INTO `shop_config` (`id`, `key`, `value`) VALUES (9, 'TAG', 'gAJjdXVpZApVVUlECnEAKYFxAX1xAlgDAAAAaW50cQNLB3NiLg==');
INSERT INTO `shop_config` (`id`, `key`, `value`) VALUES (10, 'NOTHING', NULL);
