-- A table of Django's database cache as createcachetable creates it on MySQL.
CREATE TABLE `shop_cache` (`cache_key` varchar(255) NOT NULL PRIMARY KEY, `value` longtext NOT NULL, `expires` datetime(6) NOT NULL);
CREATE INDEX `shop_cache_expires` ON `shop_cache` (`expires`);
INSERT INTO `shop_cache` (`cache_key`, `value`, `expires`) VALUES (':1:basket:0', 'gAWVWAAAAAAAAACMC3Nob3AubW9kZWxzlIwGQmFza2V0lJOUKYGUfZQojAVvd25lcpSMAnUwlIwFbGluZXOUfZQojAVib290c5RLAIwEbGFtcJRLBXWMBXRvdGFslEsFdWIu', '2024-05-01 11:00:00');
INSERT INTO `shop_cache` (`cache_key`, `value`, `expires`) VALUES (':1:basket:1', 'gAWVWAAAAAAAAACMC3Nob3AubW9kZWxzlIwGQmFza2V0lJOUKYGUfZQojAVvd25lcpSMAnUxlIwFbGluZXOUfZQojAVib290c5RLAowEbGFtcJRLBXWMBXRvdGFslEsHdWIu', '2024-05-01 11:00:00');
INSERT INTO `shop_cache` (`cache_key`, `value`, `expires`) VALUES (':1:basket:2', 'gAWVWAAAAAAAAACMC3Nob3AubW9kZWxzlIwGQmFza2V0lJOUKYGUfZQojAVvd25lcpSMAnUylIwFbGluZXOUfZQojAVib290c5RLBIwEbGFtcJRLBXWMBXRvdGFslEsJdWIu', '2024-05-01 11:00:00');
INSERT INTO `shop_cache` (`cache_key`, `value`, `expires`) VALUES (':1:basket:3', 'gAWVWAAAAAAAAACMC3Nob3AubW9kZWxzlIwGQmFza2V0lJOUKYGUfZQojAVvd25lcpSMAnUzlIwFbGluZXOUfZQojAVib290c5RLBowEbGFtcJRLBXWMBXRvdGFslEsLdWIu', '2024-05-01 11:00:00');
INSERT INTO `shop_cache` (`cache_key`, `value`, `expires`) VALUES (':1:basket:4', 'gAWVWAAAAAAAAACMC3Nob3AubW9kZWxzlIwGQmFza2V0lJOUKYGUfZQojAVvd25lcpSMAnU0lIwFbGluZXOUfZQojAVib290c5RLCIwEbGFtcJRLBXWMBXRvdGFslEsNdWIu', '2024-05-01 11:00:00');
INSERT INTO `shop_cache` (`cache_key`, `value`, `expires`) VALUES (':1:basket:5', 'gAWVWAAAAAAAAACMC3Nob3AubW9kZWxzlIwGQmFza2V0lJOUKYGUfZQojAVvd25lcpSMAnU1lIwFbGluZXOUfZQojAVib290c5RLCowEbGFtcJRLBXWMBXRvdGFslEsPdWIu', '2024-05-01 11:00:00');
INSERT INTO `shop_cache` (`cache_key`, `value`, `expires`) VALUES (':1:count:0', 'gAVLAS4=', '2024-05-01 11:00:00');
INSERT INTO `shop_cache` (`cache_key`, `value`, `expires`) VALUES (':1:count:1', 'gAVLCi4=', '2024-05-01 11:00:00');
INSERT INTO `shop_cache` (`cache_key`, `value`, `expires`) VALUES (':1:count:2', 'gAVLZC4=', '2024-05-01 11:00:00');
INSERT INTO `shop_cache` (`cache_key`, `value`, `expires`) VALUES (':1:count:3', 'gAWVBAAAAAAAAABN6AMu', '2024-05-01 11:00:00');
INSERT INTO `shop_cache` (`cache_key`, `value`, `expires`) VALUES (':1:rates', 'gAWVPwAAAAAAAAB9lCiMA0VVUpSMB2RlY2ltYWyUjAdEZWNpbWFslJOUjAQxLjA3lIWUUpSMA0NIRpRoBIwEMS4xMJSFlFKUdS4=', '2024-05-01 11:00:00');
